package org.tinytorch.interop;

import java.io.IOException;
import java.io.InputStream;

/** Loads this package anew, and acts as if classes whose names begin in some way were not there. */
final class WithoutClasses extends ClassLoader {
    private final String prefix;

    WithoutClasses(String prefix) {
        super(WithoutClasses.class.getClassLoader());
        this.prefix = prefix;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith(prefix)) {
            throw new ClassNotFoundException(name);
        }
        return name.startsWith("org.tinytorch.interop.") ? define(name) : super.loadClass(name, resolve);
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        Class<?> loaded = findLoadedClass(name);
        if (loaded != null) {
            return loaded;
        }
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            byte[] code = in.readAllBytes();
            return defineClass(name, code, 0, code.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}

package org.tinytorch.tito;

import picocli.CommandLine.IVersionProvider;

/** What {@code tito --version} prints: the version in the jar's manifest. */
final class TitoVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Tito.class.getPackage().getImplementationVersion();
        return new String[] {"tito " + (version == null ? "(not packaged)" : version)};
    }
}

// Runs the compiled snippet on the class path that Maven worked out for it.
def target = new File(basedir, 'target')
def java = new File(System.getProperty('java.home'), 'bin/java').path
def classPath = [new File(target, 'classes').path, new File(target, 'dependency').path + '/*'].join(File.pathSeparator)
def output = new File(target, 'snippet.out')
def errors = new File(target, 'snippet.err')

def process = new ProcessBuilder(java, '-cp', classPath, 'Snippet').redirectOutput(output).redirectError(errors).start()
if (!process.waitFor(60, java.util.concurrent.TimeUnit.SECONDS)) {
    process.destroyForcibly()
    throw new AssertionError("README.md: the snippet still runs after a minute; it printed:\n${output.text}${errors.text}" as Object)
}
assert process.exitValue() == 0 : "README.md: the snippet fails:\n${output.text}${errors.text}"
assert !output.text.isBlank() : 'README.md: the snippet prints nothing, so nothing shows that it works'
return true

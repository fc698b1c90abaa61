// Writes the README's first snippet into this project as a class Snippet with a main method: the Java block that follows
// the marker is either such a class already, under any name, or imports and statements.
def marker = '<!-- consumer-snippet -->'
def text = new File(readme).getText('UTF-8')
def block = (text =~ /(?s)\Q${marker}\E\s*```java\R(.*?)```/)
assert block.find() : "README.md: no \"```java\" block follows the marker ${marker}; put it before the snippet that users copy"
def code = block.group(1)

def sources = new File(basedir, 'src/main/java')
sources.mkdirs()
def write = { name, content -> new File(sources, "${name}.java").setText(content, 'UTF-8') }

def declared = (code =~ /(?m)^(?:public\s+)?(?:final\s+)?(?:class|record|enum|interface)\s+(\w+)/)
if (declared.find()) {
    def name = declared.group(1)
    write(name, code)
    if (name != 'Snippet') {
        write('Snippet', """public class Snippet {
            public static void main(String[] args) throws Exception {
                ${name}.main(args);
            }
        }
        """)
    }
} else {
    def (imports, statements) = code.readLines().split { it.startsWith('import ') }
    write('Snippet', """${imports.join('\n')}
        public class Snippet {
            public static void main(String[] args) throws Exception {
                ${statements.join('\n')}
            }
        }
        """)
}
return true

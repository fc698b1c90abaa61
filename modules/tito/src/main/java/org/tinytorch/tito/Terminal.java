package org.tinytorch.tito;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Locale;

/** Where tito prints: colours only on a terminal, and signs that its character set has. */
public final class Terminal {

    private final PrintStream out;
    private final boolean colours;
    private final boolean signs;

    /**
     * Prints to a stream.
     *
     * @param out where to print
     * @param colours whether to colour
     * @param signs whether the stream's character set has ✓ and ✗
     */
    public Terminal(PrintStream out, boolean colours, boolean signs) {
        this.out = out;
        this.colours = colours;
        this.signs = signs;
    }

    /**
     * The terminal that tito was started from, or the file or pipe that its output goes to.
     *
     * @return a terminal on the standard output
     */
    public static Terminal standard() {
        String charset = System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding", ""));
        Charset used = charset.isEmpty() ? Charset.defaultCharset() : Charset.forName(charset);
        boolean terminal = Boolean.parseBoolean(System.getProperty("tito.terminal", "false"));
        boolean colours = terminal && System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
        return new Terminal(System.out, colours, used.newEncoder().canEncode("✓✗·"));
    }

    /**
     * Prints a line.
     *
     * @param format as in {@link String#format}
     * @param arguments its arguments
     */
    public void line(String format, Object... arguments) {
        out.println(arguments.length == 0 ? format : String.format(Locale.ROOT, format, arguments));
    }

    /** Prints an empty line. */
    public void line() {
        out.println();
    }

    /**
     * Prints text that may have several lines, each behind the same indent.
     *
     * @param indent what to put before each line
     * @param text the text
     */
    public void block(String indent, String text) {
        text.lines().forEach(line -> out.println(indent + line));
    }

    /** Starts a fresh page: an empty window on a terminal, an empty line elsewhere. */
    public void clear() {
        out.println(colours ? "\033[H\033[2J" : "");
    }

    /**
     * The sign of something done.
     *
     * @return a green tick, or {@code ok}
     */
    public String done() {
        return coloured("32", signs ? "✓" : "ok");
    }

    /**
     * The sign of something that failed.
     *
     * @return a red cross, or {@code XX}
     */
    public String failed() {
        return coloured("31", signs ? "✗" : "XX");
    }

    /**
     * The sign of something still to come.
     *
     * @return a grey dot
     */
    public String open() {
        return coloured("90", signs ? "·" : "- ");
    }

    /**
     * Text that stands out.
     *
     * @param text the text
     * @return the text, bold on a terminal
     */
    public String strong(String text) {
        return coloured("1", text);
    }

    /**
     * Text that stands back.
     *
     * @param text the text
     * @return the text, grey on a terminal
     */
    public String faint(String text) {
        return coloured("90", text);
    }

    /**
     * Whether {@link #line} may use the carriage return and colours.
     *
     * @return true on a terminal
     */
    public boolean interactive() {
        return colours;
    }

    private String coloured(String code, String text) {
        return colours ? "\033[" + code + "m" + text + "\033[0m" : text;
    }
}

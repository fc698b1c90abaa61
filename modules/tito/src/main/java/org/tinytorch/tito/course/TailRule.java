package org.tinytorch.tito.course;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * The rule that lets a {@code throw} stand in for a task: a region is the tail of the body of a method, a constructor or a lambda. The file is
 * parsed by the JDK's own compiler, so that comments, text blocks and braces in strings cannot mislead.
 */
public final class TailRule {

    private final SourceText source;
    private final CompilationUnitTree unit;
    private final SourcePositions positions;

    private TailRule(SourceText source, CompilationUnitTree unit, SourcePositions positions) {
        this.source = source;
        this.unit = unit;
        this.positions = positions;
    }

    /**
     * Holds the regions of a file to the rule.
     *
     * @param source the file
     * @param regions its regions
     * @throws CourseException if the file does not parse or a region breaks the rule; the message starts with {@code file:line:}
     */
    public static void check(SourceText source, List<Region> regions) {
        if (regions.isEmpty()) {
            return;
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        JavacTask task = (JavacTask) compiler.getTask(
                null, null, problems, List.of("-proc:none"), null, List.of(new InMemory(source.text())));
        CompilationUnitTree unit;
        try {
            unit = task.parse().iterator().next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (Diagnostic<?> problem : problems.getDiagnostics()) {
            if (problem.getKind() == Diagnostic.Kind.ERROR) {
                throw source.error((int) problem.getLineNumber(), "not Java: " + problem.getMessage(Locale.ROOT));
            }
        }
        TailRule rule = new TailRule(source, unit, Trees.instance(task).getSourcePositions());
        regions.forEach(rule::check);
    }

    private void check(Region region) {
        long start = offset(region.firstLine());
        long end = offset(region.lastLine());
        Innermost innermost = new Innermost(start, end);
        innermost.scan(unit, null);
        BlockTree body = innermost
                .body()
                .orElseThrow(() -> source.error(
                        region.firstLine(),
                        region.label()
                                + " is not the tail of a body: mark whole statements, directly in the body of a method, a"
                                + " constructor or a lambda (not of an if, a loop, a switch or an initialiser)"));
        int marked = 0;
        for (StatementTree statement : body.getStatements()) {
            long first = positions.getStartPosition(unit, statement);
            long last = positions.getEndPosition(unit, statement);
            if (first >= end) {
                throw source.error(
                        region.lastLine(),
                        region.label() + " is not the tail of its body: a statement follows on line "
                                + unit.getLineMap().getLineNumber(first)
                                + ": move \"// endregion\" down to the closing brace");
            }
            if (first >= start) {
                marked++;
            } else if (last > start) {
                throw source.error(
                        region.firstLine(),
                        region.label() + " cuts a statement in two: move the mark before or after it");
            }
        }
        if (marked == 0) {
            throw source.error(region.firstLine(), region.label() + " is empty: it marks no statement");
        }
    }

    private long offset(int line) {
        return unit.getLineMap().getStartPosition(line);
    }

    /** The innermost tree around a stretch of text. */
    private final class Innermost extends TreePathScanner<Void, Void> {

        private final long start;
        private final long end;
        private TreePath found;

        Innermost(long start, long end) {
            this.start = start;
            this.end = end;
        }

        @Override
        public Void scan(Tree tree, Void nothing) {
            if (tree != null
                    && positions.getStartPosition(unit, tree) <= start
                    && positions.getEndPosition(unit, tree) >= end) {
                found = getCurrentPath() == null ? new TreePath(unit) : new TreePath(getCurrentPath(), tree);
            }
            return super.scan(tree, null);
        }

        Optional<BlockTree> body() {
            if (found == null || !(found.getLeaf() instanceof BlockTree block) || found.getParentPath() == null) {
                return Optional.empty();
            }
            Tree owner = found.getParentPath().getLeaf();
            boolean body = owner instanceof MethodTree || owner instanceof LambdaExpressionTree;
            return body ? Optional.of(block) : Optional.empty();
        }
    }

    /** A source that was already read. */
    private static final class InMemory extends SimpleJavaFileObject {

        private final String text;

        InMemory(String text) {
            super(URI.create("string:///Source.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}

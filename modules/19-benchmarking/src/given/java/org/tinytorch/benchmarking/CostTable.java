// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/benchmarking/CostTable.java. Read it, don't edit it.
package org.tinytorch.benchmarking;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;

/**
 * The costs of the operations that are known, kind by kind. A model with operations of its own adds their formulas:
 *
 * <pre>{@code
 * CostTable costs = CostTable.standard().with(Cube.class, (op, out, in) -> Cost.of(0, 2L * out.size(), out, in));
 * }</pre>
 *
 * <p>Immutable.
 */
public final class CostTable {
    /** Without any formula. */
    static final CostTable EMPTY = new CostTable(List.of());

    private final List<Row<?>> rows;

    private CostTable(List<Row<?>> rows) {
        this.rows = rows;
    }

    private record Row<T extends Operation>(Class<T> kind, CostFormula<T> formula) {
        private Cost of(Operation op, Tensor out, Tensor... inputs) {
            return formula.of(kind.cast(op), out, inputs);
        }
    }

    /** All operations of modules 02 to 18, their gradients included. */
    public static CostTable standard() {
        return InferenceCosts.addTo(TextCosts.addTo(SpatialCosts.addTo(BasicCosts.addTo(EMPTY))));
    }

    /** This table and one more formula, which goes before what is there for the same kind. */
    public <T extends Operation> CostTable with(Class<T> kind, CostFormula<T> formula) {
        return new CostTable(Stream.concat(Stream.of(new Row<>(kind, formula)), rows.stream())
                .toList());
    }

    /** The cost of an operation, if its kind is known. */
    public Optional<Cost> known(Operation op, Tensor out, Tensor... inputs) {
        for (Row<?> row : rows) {
            if (row.kind().isInstance(op)) {
                return Optional.of(row.of(op, out, inputs));
            }
        }
        return Optional.empty();
    }

    /** The cost of an operation; of an unknown kind, one FLOP for each number of the result. */
    public Cost of(Operation op, Tensor out, Tensor... inputs) {
        return known(op, out, inputs).orElseGet(() -> Cost.of(0, out.size(), out, inputs));
    }
}

package org.tinytorch.acceleration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Backend;
import org.tinytorch.testing.BackendContract;

class BlockedBackendTest extends BackendContract {
    @Override
    protected Backend backend() {
        return new BlockedBackend();
    }

    @Test
    void isPickedByItsName() {
        assertThat(backend().name()).isEqualTo("blocked");
    }
}

package org.tinytorch.acceleration;

import org.tinytorch.tensor.Backend;
import org.tinytorch.testing.BackendContract;

class BlockedBackendTest extends BackendContract {
    @Override
    protected Backend backend() {
        return new BlockedBackend();
    }
}

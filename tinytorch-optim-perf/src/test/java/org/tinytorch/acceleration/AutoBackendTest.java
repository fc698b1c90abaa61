package org.tinytorch.acceleration;

import org.tinytorch.tensor.Backend;
import org.tinytorch.testing.BackendContract;

class AutoBackendTest extends BackendContract {
    @Override
    protected Backend backend() {
        return new AutoBackend();
    }
}

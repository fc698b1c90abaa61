/** The same work done by this library and by libtorch, in turn and in one process: {@code ./mvnw -Ppeers …}, see CONTRIBUTING.md. */
package org.tinytorch.peers;

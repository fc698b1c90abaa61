/**
 * Serves a trained model over HTTP: above all twenty modules and {@code interop}, used by none of them.
 *
 * <p>{@link org.tinytorch.serving.ModelServer} takes a {@link org.tinytorch.interop.ModelPackage} and answers requests to classify images or to go on with a text; {@link
 * org.tinytorch.serving.ServerOptions} bounds what it may take. The routes are described in {@code docs/serving.md} and by the server itself at {@code /openapi.json}.
 */
package org.tinytorch.serving;

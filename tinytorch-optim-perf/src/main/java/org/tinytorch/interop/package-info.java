/**
 * What meets the world outside: above all twenty modules, used by none of them.
 *
 * <p>Adds {@link org.tinytorch.interop.ModelPackage}, a folder or a zip with a trained model and all that is needed to use it, whose {@link org.tinytorch.interop.Architecture} is data and not code;
 * {@link org.tinytorch.interop.OnnxExport}, which writes models that others can run;
 * {@link org.tinytorch.interop.Llama2c}, which reads the models and tokenizers of llama2.c; {@link org.tinytorch.interop.Npy} and {@link org.tinytorch.interop.Npz}, which read and write the files of NumPy; and {@link org.tinytorch.interop.HtmlReport} and {@link org.tinytorch.interop.ReportCharts}, which turn the
 * reports of module 19 into a page with pictures.
 */
package org.tinytorch.interop;

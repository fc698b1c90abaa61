/**
 * What meets the world outside: above all twenty modules, used by none of them.
 *
 * <p>Adds {@link org.tinytorch.interop.HtmlReport} and {@link org.tinytorch.interop.ReportCharts}, which turn the reports of module 19 into a page with pictures.
 *
 * <p>Adds {@link org.tinytorch.interop.Npy} and {@link org.tinytorch.interop.Npz}, which read and write the files of NumPy.
 */
package org.tinytorch.interop;

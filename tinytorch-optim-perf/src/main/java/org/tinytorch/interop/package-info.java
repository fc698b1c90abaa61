/**
 * What meets the world outside: above all twenty modules, used by none of them.
 *
 * <p>Adds {@link org.tinytorch.interop.HtmlReport} and {@link org.tinytorch.interop.ReportCharts}, which turn the reports of module 19 into a page with pictures; and {@link org.tinytorch.interop.Llama2c}, which
 * reads the models and tokenizers of llama2.c.
 */
package org.tinytorch.interop;

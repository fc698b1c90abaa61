/**
 * What meets the world outside: above all twenty modules, used by none of them.
 *
 * <p>Adds {@link org.tinytorch.interop.HtmlReport} and {@link org.tinytorch.interop.ReportCharts}, which turn the reports of module 19 into a page with pictures.
 */
package org.tinytorch.interop;

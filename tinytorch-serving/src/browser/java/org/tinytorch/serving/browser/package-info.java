/** The server's page in headless Chromium, used as a person would; run by the profile {@code browser}. */
package org.tinytorch.serving.browser;

/** What the checks of all modules share: assertions whose messages teach. Knows nothing of the library or of a student's classes. */
package org.tinytorch.checks;

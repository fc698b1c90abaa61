/** A client that asks a model server again and again, and measures how it answers: {@code ./tito load URL}. */
package org.tinytorch.milestones.load;

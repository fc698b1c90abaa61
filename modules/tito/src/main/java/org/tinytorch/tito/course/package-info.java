/**
 * How the course is generated: tasks are marked regions in the library's sources, and what a student gets is cut out of them.
 *
 * <p>Needs the JDK's compiler (to parse) and Jackson (to read {@code module.yaml}); nothing of the library.
 */
package org.tinytorch.tito.course;

/// A reconciler that came from the Java Operator SDK, and does everything itself.
@NullMarked
package dev.troupe.samples.portedoperator;

import org.jspecify.annotations.NullMarked;

/// Operators on the Java Operator SDK, in the shape of its samples: each a program that is started
/// by itself.
@NullMarked
package dev.troupe.clients.operator;

import org.jspecify.annotations.NullMarked;

/// What a custom resource costs, beside a config map of the same size.
@NullMarked
package dev.troupe.benchmarks.custom;

import org.jspecify.annotations.NullMarked;

/// Experiments as files: read strictly, each mistake told with its line and column, and those that
/// are in the box.
@NullMarked
package dev.troupe.testkit.experiment.file;

import org.jspecify.annotations.NullMarked;

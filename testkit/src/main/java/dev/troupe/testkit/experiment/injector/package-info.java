/// How faults are done and undone: what each does to processes, links and the database.
@NullMarked
package dev.troupe.testkit.experiment.injector;

import org.jspecify.annotations.NullMarked;

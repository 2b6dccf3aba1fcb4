/// A queue of jobs with priorities, of which a few run at once: decisions about a whole collection.
@NullMarked
package dev.troupe.samples.jobqueue;

import org.jspecify.annotations.NullMarked;

/// Databases that are provisioned, backed up and failed over: memory, timers and activities.
@NullMarked
package dev.troupe.samples.database;

import org.jspecify.annotations.NullMarked;

/// What every engine must do, as tests that each engine runs.
@NullMarked
package dev.troupe.persistence.contract;

import org.jspecify.annotations.NullMarked;

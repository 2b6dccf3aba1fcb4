/// The work that hosts and their actors have done elsewhere: thinking, writing, activities.
@NullMarked
package dev.troupe.runtime.controller.work;

import org.jspecify.annotations.NullMarked;

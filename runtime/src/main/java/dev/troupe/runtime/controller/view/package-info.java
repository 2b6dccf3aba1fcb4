/// What a controller sees: the objects it reconciles and their related ones, indexed by relation.
@NullMarked
package dev.troupe.runtime.controller.view;

import org.jspecify.annotations.NullMarked;

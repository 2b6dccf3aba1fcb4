/// What a controller sees: its object and the related ones, decoded as far as they are looked at.
@NullMarked
package dev.troupe.runtime.controller.view;

import org.jspecify.annotations.NullMarked;

/// Which types controllers name, and how an API server must serve them.
@NullMarked
package dev.troupe.controllerhost.type;

import org.jspecify.annotations.NullMarked;

/// What controllers must be allowed to do at an API server.
@NullMarked
package dev.troupe.controllerhost.permission;

import org.jspecify.annotations.NullMarked;

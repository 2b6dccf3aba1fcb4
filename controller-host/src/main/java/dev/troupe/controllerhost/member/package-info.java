/// Controllers as a process of their own: built, started, and stopped.
@NullMarked
package dev.troupe.controllerhost.member;

import org.jspecify.annotations.NullMarked;

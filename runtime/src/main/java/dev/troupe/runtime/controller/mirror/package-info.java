/// The followed collections as a controller's host has them: their objects, and how these relate to
/// the reconciled ones.
@NullMarked
package dev.troupe.runtime.controller.mirror;

import org.jspecify.annotations.NullMarked;

/// The style of other frameworks, for controllers that come from there: a client instead of a plan.
@NullMarked
package dev.troupe.api.imperative;

import org.jspecify.annotations.NullMarked;

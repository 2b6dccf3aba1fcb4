/// The few words about resources that every module shares.
@NullMarked
package dev.troupe.api.resource;

import org.jspecify.annotations.NullMarked;

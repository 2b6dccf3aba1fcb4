/// What is large or many on its way between members: letters in parts and in bundles, and lists
/// that others take from here.
@NullMarked
package dev.troupe.runtime.gateway.bulk;

import org.jspecify.annotations.NullMarked;

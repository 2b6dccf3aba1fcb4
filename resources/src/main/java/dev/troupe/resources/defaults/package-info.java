/// The values that Kubernetes gives to fields that were not given: one small class per kind.
@NullMarked
package dev.troupe.resources.defaults;

import org.jspecify.annotations.NullMarked;

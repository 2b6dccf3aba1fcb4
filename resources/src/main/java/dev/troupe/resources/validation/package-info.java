/// What is wrong with an object, in Kubernetes' words: one small class per kind, names and metadata
/// shared.
@NullMarked
package dev.troupe.resources.validation;

import org.jspecify.annotations.NullMarked;

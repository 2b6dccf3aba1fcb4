/// What can be done with a resource, and with which part of it: verbs and subresources.
@NullMarked
package dev.troupe.resources.subresource;

import org.jspecify.annotations.NullMarked;

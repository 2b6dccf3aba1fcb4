/// The verbs that write: create, update, patch, delete, and the actions of subresources.
@NullMarked
package dev.troupe.apiserver.write;

import org.jspecify.annotations.NullMarked;

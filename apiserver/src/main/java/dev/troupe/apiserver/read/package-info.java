/// The verbs that read: get, list and watch.
@NullMarked
package dev.troupe.apiserver.read;

import org.jspecify.annotations.NullMarked;

/// What goes back to a client: documents and streams, without a word about HTTP servers.
@NullMarked
package dev.troupe.apiserver.answer;

import org.jspecify.annotations.NullMarked;

/// A copy of everything that is stored, streamed to an administrator.
@NullMarked
package dev.troupe.apiserver.backup;

import org.jspecify.annotations.NullMarked;

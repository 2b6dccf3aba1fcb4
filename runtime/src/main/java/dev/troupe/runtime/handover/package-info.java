/// Lets actors go on on the thread of whoever tells them something, while a write is alone.
@NullMarked
package dev.troupe.runtime.handover;

import org.jspecify.annotations.NullMarked;

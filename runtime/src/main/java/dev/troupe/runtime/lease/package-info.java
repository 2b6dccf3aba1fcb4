/// Who the members are that vouch for each other.
@NullMarked
package dev.troupe.runtime.lease;

import org.jspecify.annotations.NullMarked;

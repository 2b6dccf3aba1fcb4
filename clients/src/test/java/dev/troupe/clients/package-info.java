/// Programs that know nothing of Troupe, as their users have them, at work on one member.
@NullMarked
package dev.troupe.clients;

import org.jspecify.annotations.NullMarked;

/// Services, and the addresses and ports that they claim.
@NullMarked
package dev.troupe.resources.kind.service;

import org.jspecify.annotations.NullMarked;

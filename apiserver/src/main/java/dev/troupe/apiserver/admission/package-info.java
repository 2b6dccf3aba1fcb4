/// What is checked and completed before a write: namespaces, addresses and node ports.
@NullMarked
package dev.troupe.apiserver.admission;

import org.jspecify.annotations.NullMarked;

/// What is checked and completed before a write: namespaces and addresses.
@NullMarked
package dev.troupe.apiserver.admission;

import org.jspecify.annotations.NullMarked;

/// What services claim before they are stored: addresses and node ports.
@NullMarked
package dev.troupe.apiserver.admission;

import org.jspecify.annotations.NullMarked;

/// Who is calling.
@NullMarked
package dev.troupe.apiserver.authentication;

import org.jspecify.annotations.NullMarked;

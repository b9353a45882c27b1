"""The law: namespaces, keys, subjects, policies, audit."""

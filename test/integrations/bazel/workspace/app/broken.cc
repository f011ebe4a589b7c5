no_such_type x;

extern "C" int bench_gnuplot_placeholder(void) { return 0; }

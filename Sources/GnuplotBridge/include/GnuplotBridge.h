int bench_gnuplot_placeholder(void);
